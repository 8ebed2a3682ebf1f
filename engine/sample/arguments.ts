import { parseArgs } from 'node:util';
import { StartError } from '../config.ts';

/** What was asked for behind `npm start --`. */
export interface SampleOrder {
  /** Same seed, same data (for the same day). */
  seed: string;
  /** Cases begun by somebody; those that cases begin or call come on top. */
  cases: number;
}

const DEFAULT_CASES = 1200;
const MOST_CASES = 20_000;

/** Reads `--sample [--seed …] [--cases N]`; null when no sample is asked for. Throws StartError with one sentence. */
export function readSampleOrder(args: readonly string[]): SampleOrder | null {
  const read = (() => {
    try {
      return parseArgs({ args: [...args], options: { sample: { type: 'boolean' }, seed: { type: 'string' }, cases: { type: 'string' } } }).values;
    } catch (cause) {
      throw new StartError(`无法识别的参数 ${args.join(' ')}：只支持 --sample [--seed 种子] [--cases 案件数]。 / The arguments ${args.join(' ')} are not understood: use --sample [--seed text] [--cases number].`, { cause });
    }
  })();
  if (read.sample !== true) {
    if (read.seed === undefined && read.cases === undefined) return null;
    throw new StartError('--seed 和 --cases 需要与 --sample 一起使用。 / --seed and --cases go with --sample.');
  }
  const cases = Number(read.cases ?? DEFAULT_CASES);
  if (!Number.isInteger(cases) || cases < 1 || cases > MOST_CASES) throw new StartError(`--cases ${read.cases} 无效：请填 1 至 ${MOST_CASES} 的整数。 / --cases ${read.cases} is not valid: use a whole number from 1 to ${MOST_CASES}.`);
  return { seed: read.seed ?? 'guicheng', cases };
}
