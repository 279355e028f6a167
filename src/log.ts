export type LogLevel = 'info' | 'error';
export type Log = (level: LogLevel, message: string, detail?: Record<string, unknown>) => void;

/** One JSON line per event on standard error; what people read on start-up goes to standard output. */
export const jsonLog: Log = (level, message, detail = {}) => {
  process.stderr.write(`${JSON.stringify({ level, message, ...detail })}\n`);
};

/** One line per step of a command, Chinese first. */
export const say = (zh: string, en: string): void => {
  process.stdout.write(`✔ ${zh} ${en}\n`);
};
