/** Whose cosignatures the community asks for, and how far each witness has come. */

import { el, fragment } from "../core/dom.js";
import { moment, table } from "./parts.js";

const tooFewInWords = {
    wait: "A checkpoint that fewer cosigned is not published, and readers do not take it.",
    serve: "A checkpoint that fewer cosigned is published all the same, and readers say so.",
};

/** A witness's name is what its verifier key begins with (C2SP signed-note). */
function nameOf(key) {
    return key.slice(0, key.indexOf("+"));
}

/** The last checkpoint that a witness cosigned, by its answers and by what checkpoints carry. */
function lastBy(name, { published, waiting, witnesses }) {
    const told = witnesses.filter((one) => one.name === name && one.size !== undefined);
    const carried = [published, waiting].filter(Boolean).flatMap(({ size, cosigned }) =>
        cosigned.filter((one) => one.name === name).map(({ time }) => ({ size, time })));
    return [...told, ...carried]
        .sort((one, other) => other.size - one.size || other.time - one.time)[0];
}

function cosignedWords({ size, cosigned }) {
    const names = cosigned.map(({ name }) => name).join(", ");
    return `${size} entries, cosigned by ${cosigned.length}${names && `: ${names}`}`;
}

/** The policy of the community card, its witnesses, and whether a newer checkpoint waits. */
export function witnessSection(context, report) {
    const { policy, published, waiting, witnesses } = report;
    if (policy.keys.length === 0) {
        return fragment(el("h2", {}, "Witnesses"),
            el("p", {}, "The community card names none: nobody but the log's key vouches that ",
                "everybody is shown the same log."));
    }
    const names = policy.keys.map(nameOf);
    const rows = names.map((name) => {
        const last = lastBy(name, report);
        const trouble = witnesses.find((one) => one.name === name)?.trouble;
        return [name, last ? last.size : "nothing yet",
            last && moment(context, last.time * 1_000), trouble];
    });
    // Which key is behind an address shows when it has cosigned since the council's start.
    const unnamed = witnesses.filter((one) => !names.includes(one.name) && one.trouble);
    return fragment(
        el("h2", {}, "Witnesses"),
        el("p", {}, `${policy.threshold} of ${names.length} must cosign. `,
            tooFewInWords[policy.tooFew]),
        published && el("p", {}, `Published: ${cosignedWords(published)}.`),
        waiting
            ? el("p", { class: "news" }, `A newer checkpoint waits: ${cosignedWords(waiting)}.`)
            : el("p", {}, "No newer checkpoint waits for them."),
        table("Last cosigned", ["Witness", "Size", "Time", "Trouble"], rows),
        unnamed.length > 0 && el("ul", {}, unnamed.map(({ address, trouble }) =>
            el("li", {}, `${address}: ${trouble}`))));
}
