// Small conveniences; every page works without them.
(function () {
  'use strict';
  function focusResult() {
    var target = document.querySelector('.errsum') || document.querySelector('[data-focus]');
    if (target) { target.setAttribute('tabindex', '-1'); target.focus(); }
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
  document.addEventListener('htmx:after:swap', focusResult);
  focusResult();
  [].forEach.call(document.querySelectorAll('.onlyscript'), function (one) { one.classList.remove('onlyscript'); });
})();
