import { parts, tryAll } from '../support/bad-input/try-all.ts';

tryAll(parts.others);
