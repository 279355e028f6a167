// Small conveniences; every page works without them.
(function () {
  'use strict';
  function within(root, selector) { return root.matches && root.matches(selector) ? root : root.querySelector && root.querySelector(selector); }
  function focusResult(root) {
    var target = within(root, '.errsum') || within(root, '[data-focus]');
    if (!target) return;
    target.setAttribute('tabindex', '-1');
    target.focus();
  }
  document.addEventListener('keydown', function (event) {
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test((event.target && event.target.tagName) || '');
    if (event.key === '/' && !typing) {
      var search = document.getElementById('q');
      if (search) { event.preventDefault(); search.focus(); }
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && event.target && event.target.form) event.target.form.requestSubmit();
  });
  // A second click while the first is under way would only be answered as a repetition.
  document.addEventListener('submit', function (event) {
    var form = event.target;
    if (form.getAttribute('data-sent') === 'yes') { event.preventDefault(); return; }
    form.setAttribute('data-sent', 'yes');
    setTimeout(function () { form.removeAttribute('data-sent'); }, 4000);
  });
  document.addEventListener('click', function (event) {
    var printer = event.target && event.target.closest && event.target.closest('[data-print]');
    if (printer) window.print();
  });
  // A tab that is swapped in place keeps the keyboard where it is; the row of tabs is not part of what is swapped.
  document.addEventListener('click', function (event) {
    var tab = event.target && event.target.closest && event.target.closest('nav.tabs a[hx-get]');
    if (!tab || event.ctrlKey || event.metaKey || event.shiftKey) return;
    [].forEach.call(tab.parentNode.querySelectorAll('a'), function (one) { one.removeAttribute('aria-current'); });
    tab.setAttribute('aria-current', 'page');
  });

  // What is put into the page says itself: to the keyboard by focus, to a reader by a region that was there before.
  var said = document.createElement('p');
  said.className = 'visually-hidden';
  said.setAttribute('role', 'status');
  document.body.appendChild(said);
  document.addEventListener('htmx:after:settle', function (event) {
    focusResult(event.target);
    var done = within(event.target, '[data-focus]');
    if (done) said.textContent = done.textContent;
  });
  // A form that the server will not take while nobody is signed in is sent as a page of its own, which keeps what is written and asks to sign in.
  // A link that was to fill a part of the page leads through the sign-in to where it points.
  document.addEventListener('htmx:before:response', function (event) {
    var ctx = event.detail.ctx, source = ctx.sourceElement;
    if (ctx.response.status !== 401) return;
    if (source.tagName === 'FORM') {
      event.preventDefault();
      HTMLFormElement.prototype.submit.call(source);
    } else if (source.tagName === 'A') {
      event.preventDefault();
      location.assign('/sign-in?next=' + encodeURIComponent(source.getAttribute('href')));
    }
  });
  document.addEventListener('htmx:before:request', function (event) {
    [].forEach.call(document.querySelectorAll('.unsent'), function (one) { one.remove(); });
    event.target.setAttribute('aria-busy', 'true');
  });
  document.addEventListener('htmx:finally:request', function () {
    [].forEach.call(document.querySelectorAll('[aria-busy]'), function (one) { one.removeAttribute('aria-busy'); });
  });
  document.addEventListener('htmx:error', function (event) {
    var form = event.target, note = document.createElement('p');
    if (!form.getAttribute || !form.getAttribute('data-failed')) return;
    note.className = 'note warn mb10 unsent';
    note.setAttribute('role', 'alert');
    note.textContent = form.getAttribute('data-failed');
    form.insertBefore(note, form.firstChild);
    form.removeAttribute('data-sent');
  });

  focusResult(document);
  [].forEach.call(document.querySelectorAll('.onlyscript'), function (one) { one.classList.remove('onlyscript'); });
})();
