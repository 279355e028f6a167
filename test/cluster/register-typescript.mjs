// `node --import <this file> some.ts` runs TypeScript as it stands, compiled by the same compiler as the tests. For the
// processes that tests start beside jest: the cluster's keeper and programs that are killed on purpose.
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
