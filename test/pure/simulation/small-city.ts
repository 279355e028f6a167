import { chineseCalendar } from '../../../src/register/chinese-calendar.js';
import { readJinan } from '../../../src/register/jinan-files.js';
import type { JinanData } from '../../../src/register/jinan-records.js';
import { checkoutRoot } from '../../../src/runtime/checkout.js';
import { demonstrationScenario, type Scenario } from '../../../src/simulation/scenario.js';
import { groundOf, type WhatIfParts } from '../../../src/simulation/what-if.js';
import { policyPack } from '../../../workflows/policies/pack-registry.js';

const whole = readJinan(checkoutRoot(), 2026);

/** The first units of the city, because a year of thirteen costs a second. 历城 is the last of five. */
export const smallCity = (units: number): WhatIfParts => {
  const data: JinanData = { ...whole, units: whole.units.slice(0, units) };
  return { data, pack: policyPack('jinan-2011-61'), calendar: chineseCalendar() };
};

export const scenario = demonstrationScenario();
export const changed = (over: Partial<Scenario>): Scenario => ({ ...scenario, ...over });
export const ground = (units: number, over: Partial<Scenario> = {}) => groundOf(smallCity(units), changed(over), 2026);
