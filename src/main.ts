import { DomainError, InvalidInput } from './domain/errors.js';

type Command = (args: string[]) => Promise<number>;

/** Each command is loaded only when it is asked for, so that a small one starts at once. */
const commands: Record<string, { zh: string; en: string; load: () => Promise<Command> }> = {
  start: { zh: '启动系统', en: 'start the system', load: async () => (await import('./cli/start.js')).start },
  migrate: { zh: '升级数据库结构', en: 'bring the database up to date', load: async () => (await import('./cli/migrate.js')).migrateCommand },
  token: { zh: '发放程序令牌', en: 'issue a token for a program', load: async () => (await import('./cli/token.js')).tokenCommand },
  journey: { zh: '演练一个年度', en: 'play a whole year', load: async () => (await import('./cli/journey.js')).journeyCommand },
  verify: { zh: '核验归档包', en: 'verify an archive package', load: async () => (await import('./cli/verify.js')).verifyCommand },
  calendar: { zh: '导入年度放假安排', en: 'import the holidays of a year', load: async () => (await import('./cli/calendar.js')).calendarCommand },
  check: { zh: '重放并核对全部案卷', en: 'replay and check every case', load: async () => (await import('./cli/check.js')).checkCommand },
  simulate: { zh: '试算一个年度', en: 'try a year out', load: async () => (await import('./cli/simulate.js')).simulateCommand },
  heads: { zh: '导出各卷日志链尾，库外留存', en: 'write where every journal ends, to keep outside', load: async () => (await import('./cli/heads.js')).headsCommand },
  'open-with': { zh: '指定新案卷的流程版本', en: 'say which chart version new cases open with', load: async () => (await import('./cli/open-with.js')).openWithCommand },
  'migrate-cases': { zh: '把在办案卷迁到流程的另一版', en: 'lead open cases to another version of their chart', load: async () => (await import('./cli/migrate-cases.js')).migrateCasesCommand },
  'check:workflows': { zh: '核查全部流程图', en: 'prove every chart', load: async () => (await import('./cli/check-workflows.js')).checkWorkflowsCommand },
  'charter:workflows': { zh: '写下各流程的约定书，供核对', en: 'write the charter of every chart, to be read', load: async () => (await import('./cli/check-workflows.js')).charterWorkflowsCommand },
  'check:simulation': { zh: '量试算并核对试算的案卷', en: 'time simulated years and check their cases', load: async () => (await import('./cli/check-simulation.js')).checkSimulationCommand },
  'docs:workflows': { zh: '生成流程说明和图', en: 'write the page and picture of every chart', load: async () => (await import('./cli/workflow-pages.js')).workflowPagesCommand },
};

/** Runs one command and returns its exit code. Errors end in a sentence; the detail goes to the log. */
export async function main(argv: string[]): Promise<number> {
  const [name = 'help', ...args] = argv;
  const command = commands[name];
  if (!command) {
    for (const [key, { zh, en }] of Object.entries(commands)) process.stdout.write(`  yanshou ${key.padEnd(10)} ${zh} ${en}\n`);
    return name === 'help' ? 0 : 2;
  }
  try {
    return await (await command.load())(args);
  } catch (error) {
    if (error instanceof InvalidInput) process.stderr.write(error.defects.map(({ sentence }) => `✘ ${sentence.zh}\n  ${sentence.en}\n`).join(''));
    else if (error instanceof DomainError) process.stderr.write(`✘ ${error.sentence.zh}\n  ${error.sentence.en}\n${error.detail ? `  ${error.detail}\n` : ''}`);
    else process.stderr.write(`✘ ${String((error as Error).stack ?? error)}\n`);
    return 1;
  }
}
