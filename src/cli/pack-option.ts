import { Option } from 'commander';

/** `--pack`, for every command that knows rules. */
export const packOption = (): Option =>
  new Option('--pack <path>', 'rules of your own: a folder or a file; may repeat')
    .argParser((path: string, paths: string[]) => [...paths, path])
    .default([], 'those of the config');
