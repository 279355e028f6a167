// Keeps what is being written: 800 ms after the last key the form is sent to its data-autosave address.
(function () {
  'use strict';
  var WAIT = 800;
  function bind(form) {
    if (form.savesItself) return;
    form.savesItself = true;
    var timer = null, sending = false, again = false, waiting = null;
    var note = document.getElementById(form.getAttribute('data-note'));
    function say(name, extra) { if (note) note.textContent = note.getAttribute('data-' + name) + (extra || ''); }
    function save() {
      if (sending) { again = true; return; }
      sending = true;
      say('saving');
      var pairs = [];
      new FormData(form).forEach(function (value, name) {
        if (typeof value === 'string') pairs.push(encodeURIComponent(name) + '=' + encodeURIComponent(value));
      });
      fetch(form.getAttribute('data-autosave'), {
        method: 'POST', credentials: 'same-origin', body: pairs.join('&'),
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' }
      }).then(function (answer) {
        return answer.json().then(function (body) {
          if (!answer.ok) { say(answer.status === 409 ? 'clash' : 'failed'); return; }
          var revision = form.querySelector('[name="_revision"]');
          if (revision && body.revision !== undefined) revision.value = body.revision;
          // What was sent is what the next save is held against.
          var base = form.querySelector('[name="_base"]');
          if (base && body.base !== undefined) base.value = body.base;
          var at = new Date(body.savedAt);
          document.body.dispatchEvent(new CustomEvent('section-saved', { detail: body }));
          say('saved', ' ' + new Date(at.getTime() + 8 * 3600000).toISOString().slice(11, 16));
        });
      }).catch(function () { say('failed'); }).then(function () {
        sending = false;
        if (waiting) { var button = waiting; waiting = null; again = false; form.requestSubmit(button.form === form ? button : undefined); return; }
        if (again) { again = false; save(); }
      });
    }
    form.addEventListener('input', function () { clearTimeout(timer); timer = setTimeout(save, WAIT); });
    // Sent while a save is under way, the form would clash with itself: it waits for the revision that is coming.
    form.addEventListener('submit', function (event) {
      clearTimeout(timer);
      if (!sending) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      waiting = event.submitter || form;
    });
  }
  function bindAll() { [].forEach.call(document.querySelectorAll('form[data-autosave]'), bind); }
  document.addEventListener('htmx:after:settle', bindAll);
  bindAll();
})();
