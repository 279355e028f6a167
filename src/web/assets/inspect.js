// On the phone: the mean of three readings, shown while they are typed. The judgement is the server's.
(function () {
  'use strict';
  document.addEventListener('input', function (event) {
    var group = event.target.closest && event.target.closest('.m3');
    if (!group) return;
    var inputs = [].slice.call(group.querySelectorAll('input'));
    var values = inputs.map(function (one) { return Math.round(parseFloat(one.value) * 100); }).filter(function (one) { return one > 0; });
    var mean = group.parentNode.querySelector('output');
    if (!mean || values.length === 0) return;
    var sum = values.reduce(function (total, one) { return total + one; }, 0);
    mean.textContent = (Math.floor(sum / values.length) / 100).toFixed(2);
  });
})();
