/** How much one call may carry. A long note or a wide paste is far smaller; a page to print and a file to keep are larger. */
export const limits = { bytes: 4_000_000, parts: 200_000, depth: 32 } as const;
const larger: Readonly<Record<string, number>> = { 'desk.print': 21_000_000, 'document.add': 71_000_000 };
export const bytesFor = (call: string): number => (Object.hasOwn(larger, call) ? larger[call]! : limits.bytes);

/**
 * Whether a value is plain data of bearable size: texts, numbers, flags, null, lists and simple objects. Looked at before
 * anything else does, and only as far as the limit goes, so that a huge or deep value costs nothing.
 */
export function bearable(value: unknown, maxBytes: number = limits.bytes): boolean {
  const left = { bytes: maxBytes, parts: limits.parts };
  return fits(value, left, 0);
}

function fits(value: unknown, left: { bytes: number; parts: number }, depth: number): boolean {
  if (--left.parts < 0 || depth > limits.depth) return false;
  switch (typeof value) {
    case 'string':
      return (left.bytes -= value.length) >= 0;
    case 'number':
      return Number.isFinite(value);
    case 'boolean':
    case 'undefined':
      return true;
    case 'object':
      if (value === null) return true;
      if (Array.isArray(value)) return value.length <= left.parts && value.every((part) => fits(part, left, depth + 1));
      if (Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null) return false;
      return Object.entries(value).every(([key, part]) => key !== '__proto__' && (left.bytes -= key.length) >= 0 && fits(part, left, depth + 1));
    case 'bigint':
    case 'function':
    case 'symbol':
      return false;
  }
}

/** The names of calls and the ids of requests, before they reach a log line or a table. */
export const isCallName = (name: unknown): name is string => typeof name === 'string' && /^[a-z][a-z_]{0,39}\.[a-z][a-z_]{0,39}$/.test(name);
export const isRequestId = (id: unknown): id is string => typeof id === 'string' && /^[\w-]{1,64}$/.test(id);
