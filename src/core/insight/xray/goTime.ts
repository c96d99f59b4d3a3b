/** The seconds of the last time that was read: a graph's thousands of times lie within few. */
let known = { text: '', ms: NaN };

const form = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/;

/**
 * A time as Go writes it in JSON (RFC 3339 with up to nine places), in milliseconds since the epoch with fractions.
 * Undefined for Go's zero time, which stands for "not yet", and for what is no time.
 */
export function goTime(value: unknown): number | undefined {
  const [, seconds, fraction = '', zone = ''] = (typeof value === 'string' && form.exec(value)) || [];
  if (seconds === undefined) return undefined;
  const text = seconds + zone;
  if (known.text !== text) known = { text, ms: Date.parse(text) };
  const { ms } = known;
  return ms > 0 ? ms + Number(`0.${fraction || '0'}`) * 1000 : undefined;
}
