/** How many recorded requests a plan moves (docs/formats.md §5), one row a pair of rules. */

import { el } from "../core/dom.js";
import { table } from "./parts.js";

/** The most rows that are shown; the rest is counted. */
const rowsMax = 100;

function count(number) {
    return number.toLocaleString("en");
}

/**
 * A section for the plan of a proposal; nothing where no gateway has counted anything.
 *
 * Paths, queries and headers are not recorded, so every number is a bound, and nobody verifies
 * what the gateways counted.
 */
export function trafficSection({ requests, decidedEarlier, atLeast, atMost, moves }) {
    if (requests === 0) return [];
    const more = moves.length - rowsMax;
    return [
        el("p", {}, `Of last week's ${count(requests)} requests at least ${count(atLeast)}, `
            + `at most ${count(atMost)} change hands, as the gateways counted; `
            + "nobody verifies that, and no vote depends on it."),
        moves.length > 0 && table("Recorded requests that change hands",
            ["Served now by", "Then by", "At least", "At most"],
            moves.slice(0, rowsMax).map((move) => [move.before || "no rule (404)",
                move.after || "no rule (404)", count(move.atLeast), count(move.atMost)])),
        more > 0 && el("p", {}, `And ${count(more)} more; commonway plan --json has them all.`),
        decidedEarlier > 0 && moves.length > 0 && el("p", {},
            `${count(decidedEarlier)} of them were served under former routes; of those only host `
            + "and method are known to hold."),
    ];
}
