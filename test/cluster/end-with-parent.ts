/** Ends this program when whoever started it is gone: a test that failed or was killed must leave no server running. */
export function endWithParent(): void {
  process.stdin.resume().once('close', () => process.exit(1));
}
