import base64 from 'virtual:kernel';

/** Compiles the kernel that the build put into this file. */
export function compileKernel(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)));
}
