import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseJinan } from './jinan-data.js';
import type { JinanData } from './jinan-records.js';

/** Where the data files stand, from the top of the checkout. */
const directory = 'src/register/data/jinan';

/**
 * Reads the divisions of Jinan: 13 filing units of 2026 or the ten of 2011, 164 townships, 5,758 communities and villages.
 * The list of townships is that of 2023 in both;
 * in 2011 those of areas that joined later are left out.
 * @param checkout top directory of the project
 */
export function readJinan(checkout: string, year: 2011 | 2026): JinanData {
  const text = (name: string) => readFileSync(join(checkout, directory, name), 'utf8');
  return parseJinan({
    units: text(`filing-units-${year}.json`),
    townships: text('townships.csv'),
    villages: text('villages.csv'),
  });
}
