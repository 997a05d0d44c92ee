/** Times and durations in words. */

const units = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1, d: 86_400_000 };

/** A duration in milliseconds: a number as it is, or a text such as `1h30m` or `14d`. */
export function milliseconds(duration) {
    if (typeof duration === "number") return duration;
    let sum = 0;
    for (const [, count, unit] of String(duration).matchAll(/(\d+)(ms|[dhms])/g)) {
        sum += Number(count) * units[unit];
    }
    return sum;
}

/** A duration in words, two units at most: `2 days 3 hours`. */
export function inWords(duration) {
    if (duration < 1_000) return "less than a second";
    const parts = [];
    let rest = duration;
    for (const [name, size] of [["day", 86_400_000], ["hour", 3_600_000], ["minute", 60_000],
        ["second", 1_000]]) {
        const count = Math.floor(rest / size);
        rest -= count * size;
        if (count > 0) parts.push(`${count} ${name}${count === 1 ? "" : "s"}`);
        if (parts.length === 2) break;
    }
    return parts.join(" ");
}

/** How far an instant is from now, in words. */
export function distance(instant, now) {
    return instant > now ? `in ${inWords(instant - now)}` : `${inWords(now - instant)} ago`;
}

/** An instant in the reader's own zone and language. */
export function local(instant) {
    return new Date(instant).toLocaleString(undefined, {
        dateStyle: "medium", timeStyle: "medium",
    });
}
