/**
 * Builds, signs and sends statements (docs/formats.md §2). What is signed is exactly what the
 * review showed: the canonical text is made once, shown, and its octets are signed and sent.
 */

import { post } from "./api.js";
import { canonical } from "./canonical.js";
import { milliseconds } from "./time.js";
import { verifyAcknowledgement } from "./note.js";
import { hex, randomHex, sha256, utf8 } from "./octets.js";
import { sign } from "./sshsig.js";

/** The signature's namespace, by act. */
export const namespaces = {
    join: "join@commonway",
    key: "key@commonway",
    sponsor: "sponsor@commonway",
    ballot: "ballot@commonway",
    withdraw: "withdraw@commonway",
    remark: "remark@commonway",
    emergency: "emergency@commonway",
    undo: "undo@commonway",
};

/** How long a statement made here may wait to be logged, when the charter allows as much. */
const validityWantedMilliseconds = {
    ballot: 600_000, sponsor: 600_000, join: 600_000, withdraw: 600_000, remark: 600_000,
    emergency: 600_000, undo: 600_000,
};
/** The key statement travels to another machine to be signed there. */
const validityOfKeyMilliseconds = 86_400_000;

/**
 * The statement of an act, with the members that all have.
 *
 * @param {object} context The page's context: community, session, the council's clock.
 * @param {string} act One of the names of `namespaces`.
 * @param {object} members What the act has further; absent ones left out.
 */
export function makeStatement(context, act, members) {
    const wanted = validityWantedMilliseconds[act] ?? validityOfKeyMilliseconds;
    const limit = milliseconds(context.community.charter.limits.statementValidity);
    // A second's margin: the council's clock and ours were compared over a network.
    const validity = Math.max(1_000, Math.min(wanted, limit - 1_000));
    return {
        act,
        by: context.session.member,
        log: context.community.card.origin,
        nonce: randomHex(16),
        until: Math.floor(context.now() + validity),
        ...members,
    };
}

/** The statement's hash, hexadecimal. */
export async function statementHash(text) {
    return hex(await sha256(utf8(text)));
}

/** Signs a canonical text with the browser's key. */
export function signStatement(pair, act, text) {
    return sign(pair, namespaces[act], utf8(text));
}

/**
 * Signs and posts a statement, and checks what the council promised.
 *
 * @param {string} text The canonical text that the member reviewed.
 * @param {object[]} texts Texts outside the log whose digests it names.
 * @returns {Promise<object>} The answer, with `acknowledged`: true, or the reason why the
 *   acknowledgement does not hold.
 */
export async function send(context, act, text, texts = []) {
    const stmt = JSON.parse(text);
    if (canonical(stmt) !== text) throw new Error("the statement changed since it was reviewed");
    const sig = await signStatement(context.key.pair, act, text);
    const answer = await post(
        "/statements", texts.length === 0 ? { stmt, sig } : { stmt, sig, texts });
    const hash = await statementHash(text);
    if (answer.hash !== hash) throw new Error("the council answered for another statement");
    let acknowledged = true;
    try {
        await verifyAcknowledgement(answer.ack, context.community.card, hash);
    } catch (error) {
        acknowledged = error.message;
    }
    return { ...answer, acknowledged };
}
