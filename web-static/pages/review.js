/**
 * The last look before signing: what it says in words and, to the octet, what is signed. Only
 * the button here makes a signature.
 */

import { canonical } from "../core/canonical.js";
import { el } from "../core/dom.js";
import { makeStatement, namespaces, send, statementHash } from "../core/statements.js";

function ask(title, words, text, hash, act) {
    const dialog = document.getElementById("dialog");
    dialog.replaceChildren(
        el("h2", { id: "dialog-title", tabindex: -1, autofocus: true }, title),
        words,
        el("p", {}, "This is signed, in the namespace ", el("code", {}, namespaces[act]), ":"),
        el("pre", { tabindex: 0 }, text),
        el("p", { class: "quiet" }, "Hash: ", el("span", { class: "digest" }, hash)),
        el("p", {}, "It is public for ever, under your number."),
        el("form", { method: "dialog" },
            el("button", { value: "sign" }, "Sign and send"),
            el("button", { value: "cancel", class: "second" }, "Cancel")));
    dialog.returnValue = "";
    dialog.showModal();
    return new Promise((resolve) => {
        dialog.addEventListener("close", () => resolve(dialog.returnValue === "sign"), {
            once: true,
        });
    });
}

function receipt(answer) {
    return [
        el("p", {}, el("strong", {}, "Taken as "),
            el("a", { href: `#/log/${answer.index}` }, `entry ${answer.index}`), ". ",
            answer.acknowledged === true
                ? "The log's signed acknowledgement was checked: it will be in a checkpoint within "
                    + "60 seconds."
                : `The acknowledgement does not hold: ${answer.acknowledged}. Keep it, and ask `
                    + "another member."),
        el("p", {}, "Hash: ", el("span", { class: "digest" }, answer.hash), " · ",
            el("a", { href: `/api/v1/receipts/${answer.hash}` }, "receipt"),
            " (once it is in a checkpoint)"),
        el("details", {}, el("summary", {}, "Acknowledgement, to keep"),
            el("pre", { tabindex: 0 }, answer.ack)),
    ];
}

/**
 * Builds a statement, has it reviewed, signs and sends it, and shows the receipt.
 *
 * @param {object[]} texts Texts outside the log whose digests it names.
 * @param {string} title What the member is about to do.
 * @param {Node} words The same in a sentence or two.
 * @returns {Promise<boolean>} Whether it was sent.
 */
export async function reviewAndSend(context, act, members, title, words, texts = []) {
    const text = canonical(makeStatement(context, act, members));
    const agreed = await ask(title, words, text, await statementHash(text), act);
    if (!agreed) {
        context.announce(el("p", {}, "Nothing was signed or sent."));
        return false;
    }
    const answer = await send(context, act, text, texts);
    context.announce(...receipt(answer));
    await context.refresh();
    return true;
}
