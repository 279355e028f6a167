// What the plan editor adds to a plain form: how each row stands after a save, and the time left by the server's clock.
(function () {
  'use strict';
  document.body.addEventListener('section-saved', function (event) {
    var rows = (event.detail && event.detail.rows) || {};
    Object.keys(rows).forEach(function (index) {
      var cell = document.querySelector('[data-standing="' + index + '"]');
      if (!cell) return;
      var row = rows[index];
      cell.textContent = row.text;
      cell.className = cell.className.replace(/\bc-\w+\b|\bmut\b/g, '').trim() + ' c-' + row.tone;
      ['grossArea', 'usableArea', 'archiveArea'].forEach(function (name) {
        var input = document.querySelector('[name="projects.' + index + '.' + name + '"]');
        if (!input || input.type === 'hidden') return;
        var wrong = row.wrong.indexOf(input.name) >= 0;
        input.classList.toggle('err-in', wrong);
        if (wrong) input.setAttribute('aria-invalid', 'true'); else input.removeAttribute('aria-invalid');
      });
    });
  });

  // Counted from the server's time in the page: a wrong clock of this machine changes nothing.
  function tick() {
    [].forEach.call(document.querySelectorAll('[data-countdown]'), function (place) {
      if (place.countedFrom === undefined) place.countedFrom = performance.now();
      var left = Date.parse(place.getAttribute('data-countdown')) - Date.parse(place.getAttribute('data-now')) - (performance.now() - place.countedFrom);
      if (left <= 0) { place.textContent = place.getAttribute('data-over'); return; }
      var minutes = Math.floor(left / 60000);
      var parts = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
      place.textContent = place.getAttribute('data-words').replace('#d', parts[0]).replace('#h', parts[1]).replace('#m', parts[2]);
    });
  }
  tick();
  setInterval(tick, 20000);
  document.addEventListener('htmx:after:swap', tick);
})();
