import { entities } from './entities.ts';
import { addSamples } from './samples.ts';

addSamples(entities);
