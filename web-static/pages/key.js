/** The browser's own key: made here, enrolled with a statement that the member's key signs too. */

import { get } from "../core/api.js";
import { canonical } from "../core/canonical.js";
import { el, fragment } from "../core/dom.js";
import { forgetKey, saveKey } from "../core/keys.js";
import { canSign, fingerprint, makeKeyPair, publicKeyLine } from "../core/sshsig.js";
import { makeStatement, signStatement } from "../core/statements.js";
import { moment } from "./parts.js";

/** The enrolment: the statement, signed by the new key; the member's own key signs next. */
async function enrolment(context, pair, line) {
    const stmt = makeStatement(context, "key", { key: line });
    const cosig = await signStatement(pair, "key", canonical(stmt));
    return { stmt, cosig };
}

function unable(context) {
    return fragment(
        el("h1", {}, "This browser's key"),
        el("p", {}, "Signing needs WebCrypto with Ed25519. Browsers offer it on https and on "
            + "localhost, and older ones not at all; here it is missing."),
        el("p", {}, "Sign on the command line instead, with your OpenSSH key:"),
        el("pre", {}, `commonway login --council ${location.origin} `
            + `--member ${context.session.handle}\n`
            + "commonway status\ncommonway vote 7 yes"));
}

function makeOne() {
    return fragment(
        el("h1", {}, "This browser's key"),
        el("p", {}, "Every vote is signed. A key made here never leaves this browser, and nobody, "
            + "not even these pages, can read it. It counts once your own key has signed for it "
            + "on the command line."),
        el("p", {}, el("button", { type: "button", "data-action": "make" },
            "Make a key for this browser")));
}

function awaitEnrolment(context, model) {
    const { key } = context;
    return fragment(
        el("h1", {}, "This browser's key"),
        el("p", {}, "The key is made. Now sign for it with your own key, where that is."),
        el("ol", {},
            el("li", {}, "Take this file there: ",
                el("button", { type: "button", "data-action": "download" },
                    "Download enrolment.json"),
                el("label", { for: "enrolment" }, "or copy its text"),
                el("textarea", { id: "enrolment", readonly: true, rows: 6, class: "digest" },
                    canonical(key.request))),
            el("li", {}, "Run ", el("pre", {}, "commonway key enrol -f enrolment.json"),
                "It shows the key; compare the fingerprint: ", el("code", {}, model.fingerprint))),
        el("p", {}, "The enrolment expires ", moment(context, key.request.stmt.until),
            ". This page notices when it is done."),
        el("p", {}, el("button", { type: "button", class: "second", "data-action": "renew" },
            "Make the enrolment anew"),
        el("button", { type: "button", class: "second", "data-action": "forget" },
            "Forget this key")));
}

function enrolled(context, model) {
    return fragment(
        el("h1", {}, "This browser's key"),
        el("p", {}, "This browser signs for you since ", moment(context, model.from), "."),
        el("p", {}, "Fingerprint: ", el("code", {}, model.fingerprint)),
        el("p", {}, "Browsers forget: keep your other key. Clearing this site's data loses "
            + "this one."),
        el("p", {}, el("button", { type: "button", class: "second", "data-action": "forget" },
            "Forget this key")));
}

export const keyPage = {
    title: "This browser's key",
    live: true,
    async load(context) {
        if (!context.session) return { needs: "login" };
        if (!(await canSign())) return { needs: "browser" };
        if (!context.key) return { needs: "key" };
        const member = await get(`/members/${context.session.member}`);
        const own = member.keys.find((key) => key.key === context.key.line);
        return { from: own?.from, fingerprint: await fingerprint(context.key.line) };
    },
    view(context, model) {
        if (model.needs === "login") {
            return fragment(el("h1", {}, "This browser's key"),
                el("p", {}, el("a", { href: "#/login" }, "Log in"), " first."));
        }
        if (model.needs === "browser") return unable(context);
        if (model.needs === "key") return makeOne();
        return model.from === undefined
            ? awaitEnrolment(context, model) : enrolled(context, model);
    },
    actions: {
        async make(context) {
            const pair = await makeKeyPair();
            const line = await publicKeyLine(pair.publicKey);
            const key = { pair, line, request: await enrolment(context, pair, line) };
            await saveKey(context.community.card.origin, context.session.member, key);
            context.key = key;
            context.announce(el("p", {}, "The key is made and kept in this browser."));
            await context.refresh();
        },
        async renew(context) {
            const { pair, line } = context.key;
            context.key = { pair, line, request: await enrolment(context, pair, line) };
            await saveKey(context.community.card.origin, context.session.member, context.key);
            await context.refresh();
        },
        async download(context) {
            const file = new Blob([canonical(context.key.request)], { type: "application/json" });
            const url = URL.createObjectURL(file);
            el("a", { href: url, download: "enrolment.json" }).click();
            URL.revokeObjectURL(url);
        },
        async forget(context) {
            if (!confirm("Forget this browser's key? It cannot be brought back.")) return;
            await forgetKey(context.community.card.origin, context.session.member);
            context.key = undefined;
            context.announce(el("p", {}, "The key is forgotten. In the log it stays yours until "
                + "it is retired."));
            await context.refresh();
        },
    },
};
