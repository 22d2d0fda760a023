import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Undefined for a process that is gone meanwhile, or has ended and waits for its parent to notice. */
const commandIn = (pid: string, group: number): string | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command in parentheses and may hold spaces: state, parent and group come after it.
    const [state, , itsGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z' || Number(itsGroup) !== group) return undefined;
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return undefined;
  }
};

const byPs = (group: number): string[] =>
  execFileSync('ps', ['-A', '-o', 'pgid=,stat=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([itsGroup, state]) => Number(itsGroup) === group && !state?.startsWith('Z'))
    .map(([, , ...command]) => command.join(' '));

/** Command lines of the processes of a group that are alive. `ps` is not on every Linux. */
export const livingIn = (group: number): string[] =>
  existsSync('/proc/self/stat')
    ? readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .flatMap((pid) => commandIn(pid, group) ?? [])
    : byPs(group);
