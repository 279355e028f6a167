import type { Seen } from './check-screens.js';

/** What axe found, a line for each screen over its languages and sizes, and one for all of them: for whoever asks for the evidence. */
export function axeLines(seen: readonly Seen[]): string[] {
  const looked = seen.flatMap(({ screen, axe }) => (axe === null ? [] : [{ screen, ...axe }]));
  const names = [...new Set(looked.map(({ screen }) => screen))];
  const line = (name: string, views: typeof looked): string => {
    const violated = views.flatMap((one) => one.violated);
    const review = [...new Set(views.flatMap((one) => one.review.map((rule) => rule.replace(/ ×.*/, ''))))];
    const passed = views.map((one) => one.passed);
    return [
      `${name}: ${violated.length} violations in ${views.length} views`, ...(violated.length > 0 ? [[...new Set(violated)].join(', ')] : []), `${Math.min(...passed)}–${Math.max(...passed)} rules hold`,
      review.length > 0 ? `for people to judge: ${review.join(', ')}` : 'nothing left to people',
    ].join('; ');
  };
  return looked.length === 0 ? [] : [`axe-core ${looked[0]!.version}, WCAG 2.0–2.2 A and AA and best practice`, ...names.map((name) => line(name, looked.filter(({ screen }) => screen === name))), line('all', looked)];
}
