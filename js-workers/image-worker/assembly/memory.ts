// An arena: everything an image needs is taken from it in order, and given back all at once when the next image begins.

let top: usize = 0;

/** Gives everything back. */
export function reset(): void {
  top = (__heap_base + 15) & ~(<usize>15);
}

/** Room for so many bytes, aligned to 16; its content is whatever was there before. Traps when the memory cannot grow. */
export function allocate(bytes: i32): usize {
  const at = top;
  top = (at + <usize>bytes + 15) & ~(<usize>15);
  const pages = <i32>((top + 0xffff) >>> 16) - memory.size();
  if (pages > 0 && memory.grow(pages) < 0) unreachable();
  return at;
}

// @ts-ignore: decorator
@inline export function clamp8(value: i32): i32 {
  return min(max(value, 0), 255);
}

/** A big-endian number of two bytes. */
// @ts-ignore: decorator
@inline export function u16(at: usize): i32 {
  return (<i32>load<u8>(at) << 8) | <i32>load<u8>(at, 1);
}
