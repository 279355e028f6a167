import type { Passwords } from '../../src/runtime/login-roles.js';

/** The database all test databases are copied from. */
export const templateName = 'yanshou_template';

/** What the keeper of the temporary cluster tells the tests, through this environment variable. */
export const addressVariable = 'YANSHOU_TEST_CLUSTER';

export interface ClusterAddress {
  readonly superuserUrl: string;
  /** Removed with the cluster; a test may keep files of its own below it. */
  readonly directory: string;
  readonly passwords: Passwords;
}

/** The cluster of this jest run. */
export function clusterAddress(): ClusterAddress {
  const told = process.env[addressVariable];
  if (told === undefined) throw new Error('no temporary cluster: run this test with --selectProjects postgres or browser');
  return JSON.parse(told) as ClusterAddress;
}
