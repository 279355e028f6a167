import type { DatabaseUrls } from '../../src/runtime/database-roles.js';
import { checkoutRoot } from '../../src/runtime/checkout.js';
import { prepareDatabase } from '../../src/prepare-database.js';

/**
 * Fills the database every test database is copied from: the present schema and the demonstration city. Every connection
 * must be closed when this returns: a database in use cannot be copied.
 */
export async function buildTemplate(urls: DatabaseUrls): Promise<void> {
  await prepareDatabase(urls, checkoutRoot(), { password: 'demonstration' });
}
