/**
 * Lets the worker read the messages that wait. A message to oneself is a task of its own and, unlike a timer,
 * is not held back by browsers (nested timers wait at least 4 ms).
 */
export function createYield(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  let resume: (() => void) | null = null;
  port1.onmessage = () => resume?.();
  return () =>
    new Promise((resolve) => {
      resume = resolve;
      port2.postMessage(null);
    });
}
