import * as z from 'zod';

/**
 * Comes first in every bundle (infra/bundle/zod-settings.cjs). Zod would compile a parser of each object's schema, which takes
 * longer than all that a short-lived process parses with it: 0.8 ms a first parse against 0.15.
 */
z.config({ jitless: true });
