const INTERVAL_MS = 50;

/** Watches the memory of this process, threads included. `stop()` gives the most seen, in MB (2^20 bytes). */
export function watchMemory() {
  let most = process.memoryUsage.rss();
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, INTERVAL_MS);
  return {
    stop() {
      clearInterval(timer);
      return Math.max(most, process.memoryUsage.rss()) / 2 ** 20;
    },
  };
}
