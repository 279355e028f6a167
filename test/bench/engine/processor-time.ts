import { readdirSync, readFileSync } from 'node:fs';

/** Ticks of the kernel's clock in a second; Linux has reported 100 to programs on every x64 since 2.6. */
const TICKS = 100;

/** Seconds of processor time of this process so far. */
export const ownSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** Seconds of processor time of every process of the database server so far, also of those that have ended: their parent has it. */
export function serverSeconds(postmaster: number): number {
  let ticks = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const fields = statOf(pid);
    if (fields === null) continue;
    const [own, ended] = [Number(fields[11]) + Number(fields[12]), Number(fields[13]) + Number(fields[14])];
    if (Number(pid) === postmaster) ticks += own + ended;
    else if (Number(fields[1]) === postmaster) ticks += own;
  }
  return ticks / TICKS;
}

/** The fields of a process after its name, state first; null when it has ended meanwhile. */
function statOf(pid: string): string[] | null {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return line.slice(line.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}
