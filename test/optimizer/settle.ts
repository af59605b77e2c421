/** How a promise settles, told as a value: the reason of a rejection, or `'resolved'`. */
export async function outcome(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
    return 'resolved';
  } catch (reason) {
    return reason;
  }
}

/** The code of the TerritoryError that a promise rejects with. */
export async function errorCode(promise: Promise<unknown>): Promise<unknown> {
  const reason = await outcome(promise);
  return reason instanceof Error && 'code' in reason ? reason.code : reason;
}
