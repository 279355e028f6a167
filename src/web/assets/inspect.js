// On the phone: the mean of three readings and the counts below, while they are typed. The judgement is the server's.
(function () {
  'use strict';
  function each(selector, run, within) { [].forEach.call((within || document).querySelectorAll(selector), run); }
  function hundredths(text) {
    var plain = text.replace(/[,，\s]/g, '').replace(/[０-９．]/g, function (sign) { return sign === '．' ? '.' : String.fromCharCode(sign.charCodeAt(0) - 0xfee0); });
    return /^\d+(\.\d{1,2})?$/.test(plain) ? Math.round(parseFloat(plain) * 100) : null;
  }
  function shown(value) { return String(Math.floor(value) / 100); }
  function mean(group) {
    var values = [].map.call(group.querySelectorAll('input'), function (one) { return hundredths(one.value); });
    var output = group.querySelector('output');
    var tag = group.parentNode.querySelector('.verdict');
    var whole = values.length > 0 && values.every(function (one) { return one !== null; });
    var result = whole ? Math.floor(values.reduce(function (sum, one) { return sum + one; }, 0) / values.length) : null;
    if (output) output.textContent = result === null ? '—' : shown(result);
    if (!tag) return;
    var least = group.getAttribute('data-least');
    tag.hidden = result === null || least === null;
    if (tag.hidden) return;
    var short = Number(least) - result;
    tag.textContent = short > 0 ? tag.getAttribute('data-short').replace('{area}', shown(short)) : tag.getAttribute('data-met');
    tag.className = 'tag plain verdict ' + (short > 0 ? 'red' : 'green');
  }
  function say(name, done, all) {
    each('[data-count="' + name + '"]', function (one) { one.textContent = one.getAttribute('data-words').replace('{done}', done).replace('{all}', all); });
  }
  function count() {
    var areas = document.querySelectorAll('.m3'), checks = document.querySelectorAll('.yn');
    var full = [].filter.call(areas, function (group) { return [].every.call(group.querySelectorAll('input'), function (one) { return one.value.trim() !== ''; }); });
    say('measures', full.length, areas.length);
    say('checks', [].filter.call(checks, function (one) { return one.querySelector('input:checked'); }).length, checks.length);
    say('unmet', document.querySelectorAll('.yn input[value=unmet]:checked').length, checks.length);
  }
  document.addEventListener('input', function (event) {
    var group = event.target.closest && event.target.closest('.m3');
    if (group) mean(group);
    count();
  });
  each('.m3', mean);
  count();
  // Position and work without a connection need a secure page; where there is one, the note about them is not true.
  if (window.isSecureContext && location.protocol === 'https:') each('.onlyplain', function (one) { one.hidden = true; });
})();
