/**
 * Runs drawings that are not urgent: one at a time, and after each a rest of REST times as long as the GPU took for it.
 * A slow GPU (or none, with the processor standing in) then leaves the time to the search.
 */
export interface IdleQueue {
  /** Runs `draw` as soon as the map has rested. A later call replaces one that still waits. */
  run(draw: () => void): void;
  /** Tells that commands for a frame have just been issued. */
  drawing(gl: WebGL2RenderingContext): void;
  /** Forgets what waits. */
  cancel(): void;
}

const REST = 2;
const POLL_MS = 30;
/** A lost context never signals; the queue goes on all the same. */
const PATIENCE_MS = 10_000;

export function createIdleQueue(): IdleQueue {
  let waiting: (() => void) | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let fence: WebGLSync | null = null;
  let began = 0;
  let restUntil = 0;
  let context: WebGL2RenderingContext | null = null;

  function isDrawn(now: number): boolean {
    if (!fence || !context) return true;
    const done = context.getSyncParameter(fence, context.SYNC_STATUS) === context.SIGNALED;
    if (!done && now - began < PATIENCE_MS) return false;
    context.deleteSync(fence);
    fence = null;
    restUntil = now + REST * (now - began);
    return true;
  }

  function poll(): void {
    const now = performance.now();
    if (!isDrawn(now) || now < restUntil) {
      timer = setTimeout(poll, POLL_MS);
      return;
    }
    timer = undefined;
    const draw = waiting;
    waiting = null;
    draw?.();
  }

  return {
    run(draw) {
      waiting = draw;
      if (timer === undefined) poll();
    },
    drawing(gl) {
      if (fence) gl.deleteSync(fence);
      else began = performance.now();
      context = gl;
      fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
      gl.flush();
    },
    cancel() {
      waiting = null;
    },
  };
}
