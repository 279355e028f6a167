import { openDatabase, type DatabaseUrls } from '../database.js';
import { Refused } from '../domain/errors.js';
import { words } from '../domain/text.js';
import { strandedCases } from '../engine/restorable-cases.js';
import { say } from '../log.js';
import { commandForms } from '../../workflows/forms/commands.js';
import { policyPack } from '../../workflows/policies/pack-registry.js';
import { machineFor } from '../../workflows/registry.js';

/**
 * Looks before anybody is served whether this build can go on with every live case, and names each that it would strand.
 * @throws Refused when there is one
 */
export async function refuseStranded(urls: DatabaseUrls): Promise<void> {
  const database = openDatabase(urls);
  try {
    const { rows } = await database.workerPool.query<{ city: string }>('select city from city order by city');
    const began = performance.now();
    let stranded = 0;
    const parts = { database, forms: commandForms, packOf: policyPack, machineFor: (workflow: string, version: number, pack: string) => machineFor(workflow, version, policyPack(pack)) };
    const cases = await strandedCases(parts, rows.map(({ city }) => city), ({ caseNumber, chart, why }) => {
      stranded += 1;
      process.stderr.write(`✘ ${caseNumber}  ${chart}  ${why.zh} ${why.en}\n`);
    });
    if (stranded > 0) throw refused(stranded);
    if (cases > 0) say(`在办案卷 ${cases} 件都能接着办（${((performance.now() - began) / 1000).toFixed(1)} 秒）`, `All ${cases} open cases can go on under this build`);
  } finally {
    await database.close();
  }
}

const refused = (count: number): Refused => new Refused('stranded', words(
  `${count} 件在办案卷本版程序接不上，未启动。请换回原来的程序；要升级，先在原程序下用 yanshou migrate-cases 把它们迁到新版流程，或等其办结。`,
  `This build cannot go on with ${count} open cases, so nothing is served. Go back to the former build; to upgrade, lead them to a newer chart there with yanshou migrate-cases, or let them end first.`,
));
