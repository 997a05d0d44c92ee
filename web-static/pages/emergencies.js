/** What stewards, keepers and the operator did without a vote, and what a steward may do. */

import { all, get } from "../core/api.js";
import { el, fragment } from "../core/dom.js";
import { digest } from "../core/octets.js";
import { inWords, milliseconds } from "../core/time.js";
import {
    endpointWords, kindWords, outcomeWords, signers, spaced, untilWords,
} from "./overlays.js";
import { moment, person, shortDigest, table } from "./parts.js";
import { reviewAndSend } from "./review.js";

function entryLink(index) {
    return el("a", { href: `#/log/${index}` }, `entry ${index}`);
}

function button(action, index, words) {
    return el("button", { type: "button", "data-action": action, "data-index": index }, words);
}

/** A table with a last column for what this member can do, where that is anything. */
function tableWithParts(caption, columns, rows, parts) {
    if (parts.every((one) => one === "")) return table(caption, columns, rows);
    return table(caption, [...columns, "Your part"],
        rows.map((row, index) => [...row, parts[index]]));
}

/** What this member can do about something that is up. */
function part({ canSign, steward, elector, me, overlays }, item, index) {
    if (!canSign) return "";
    if (item.kind === "endpoints") {
        const [keeper] = item.by;
        const signed = overlays.undoing.find((one) => `Backend/${one.backend}` === item.name
            && one.keeper === keeper)?.by ?? [];
        const may = elector && keeper !== me && !signed.includes(me);
        return may ? button("undo", index, "Undo") : "";
    }
    const open = item.proposal === undefined && !item.by.includes(me);
    return steward?.left > 0 && open ? button("join", index, "Sign it too") : "";
}

function upSection(context, model) {
    const { overlays, members } = model;
    return [
        el("h2", {}, "What is up"),
        overlays.up.length === 0
            ? el("p", {}, "Nothing by stewards or keepers.")
            : tableWithParts("Laid over the documents without a vote",
                ["Document", "What", "How long", "By", "Entry"],
                overlays.up.map((item) => [spaced(item.name), kindWords(item),
                    untilWords(context, item), signers(context, members, item),
                    entryLink(item.index)]),
                overlays.up.map((item, index) => part(model, item, index))),
        overlays.refusals.length > 0 && table("Refused by the operator, answered with 451",
            ["What", "Why", "Entry"],
            overlays.refusals.map((one) => [spaced(one.name), one.reason, entryLink(one.index)])),
        overlays.undoing.length > 0 && el("ul", {}, overlays.undoing.map((one) => el("li", {},
            `To undo ${person(context, members, one.keeper)} as keeper of ${one.backend} signed: `
                + `${signers(context, members, one)}; needed are ${one.needed} electors.`))),
        overlays.undone.length > 0 && el("ul", {}, overlays.undone.map((one) => el("li", {},
            `${person(context, members, one.keeper)} keeps ${one.backend} no more: undone.`))),
    ];
}

function mandate(context, { elected, until, members }) {
    if (until === undefined) return "The founders are: nobody is elected.";
    if (elected.length === 0) return "The founders are, as members voted.";
    const others = members.some(({ member }) => !elected.includes(member));
    return ["Elected; the term ends ", moment(context, until), ". ",
        others && "Founders are besides, since fewer than two of the elected are members."];
}

function stewardSection(context, { overlays, members }) {
    const { stewards } = overlays;
    const { alone, signatures, period } = context.community.charter.emergency;
    return [
        el("h2", {}, "Stewards"),
        el("p", {}, mandate(context, stewards)),
        el("ul", {}, stewards.members.map(({ member, left }) => el("li", {},
            `${person(context, members, member)}: can sign ${left} more`))),
        stewards.suspended.length > 0 && el("ul", {}, stewards.suspended.map((one) => el("li", {},
            `${person(context, members, one.member)} lost the power; that ends `,
            moment(context, one.until)))),
        el("p", {}, `What one of them does lasts ${inWords(milliseconds(alone))}. `
            + `${stewards.together} together let it last until a routine vote, opened at once, `
            + `has decided. ${outcomeWords(context)} Each signs at most ${signatures} in `
            + `${inWords(milliseconds(period))}.`),
        el("p", {}, "Members elect them: ",
            el("code", {}, "commonway propose --stewards 3,7"), "."),
    ];
}

function disableSection({ canSign, steward, routes, overlays }) {
    const open = routes.filter((route) =>
        !overlays.up.some((item) => item.name === `HTTPRoute/${route.name}`
            && item.kind !== "endpoints"));
    const words = el("code", {}, "commonway emergency disable ROUTE");
    if (!steward) return el("p", {}, "A steward disables a route here, or by ", words, ".");
    if (!canSign) {
        return el("p", {}, el("a", { href: "#/key" }, "Enrol this browser's key"),
            " to sign here, or run ", words, ".");
    }
    if (open.length === 0 || steward.left === 0) return [];
    return el("form", { "data-action": "disable" },
        el("p", {}, el("label", { for: "route" }, "Disable a route"),
            el("select", { id: "route", name: "route" },
                open.map(({ name }) => el("option", { value: name }, name)))),
        el("p", {}, el("button", {}, "Review")));
}

function pastSection(context, { canSign, steward, overlays }) {
    if (overlays.past.length === 0) return [];
    const may = canSign && steward?.left > 0;
    return [
        el("h2", {}, "What may be restored"),
        tableWithParts(
            "In force not long ago, and taken out by no vote that put back what was before",
            ["Document", "Digest", "In force by", "Until", "May be restored until"],
            overlays.past.map((one) => [spaced(one.name), shortDigest(one.digest),
                el("a", { href: `#/proposals/${one.proposal}` }, `proposal ${one.proposal}`),
                moment(context, one.t), moment(context, one.until)]),
            overlays.past.map((one, index) =>
                may && one.writtenIn !== undefined ? button("restore", index, "Restore") : "")),
    ];
}

function warning(context, { overlays, steward }) {
    const { alone } = context.community.charter.emergency;
    return el("p", {}, `By you alone for ${inWords(milliseconds(alone))}; `
        + `${overlays.stewards.together} stewards together let it last until a vote has decided. `
        + `${outcomeWords(context)} You can sign ${steward.left}; this is one of them.`);
}

/** The document as the proposal that wrote it has it, checked to have the digest. */
async function pastDocument({ writtenIn, digest: wanted }) {
    const { operations } = await get(`/proposals/${writtenIn}`);
    for (const { document } of operations) {
        if (document && await digest(document) === wanted) return document;
    }
    throw new Error(`Proposal ${writtenIn} has no document of that digest. Nothing was signed; `
        + "audit the log.");
}

export const emergenciesPage = {
    title: "Emergencies",
    live: true,
    async load(context) {
        const [overlays, list, routes] = await Promise.all([
            get("/overlays"), all("/members"), all("/documents?kind=HTTPRoute")]);
        const members = new Map(list.map((one) => [one.number, one]));
        const me = context.session?.member;
        const own = members.get(me);
        return {
            overlays, members, routes, me,
            steward: overlays.stewards.members.find(({ member }) => member === me),
            elector: own?.elector ?? false,
            canSign: own?.keys.some((key) => key.key === context.key?.line) ?? false,
        };
    },
    view(context, model) {
        return fragment(
            el("h1", {}, "Emergencies"),
            el("p", {}, "What is served otherwise than members ratified: by stewards for a while, "
                + "by keepers inside the networks that members voted for, or refused by the "
                + "operator. All of it stands in the log."),
            upSection(context, model),
            disableSection(model),
            stewardSection(context, model),
            pastSection(context, model));
    },
    actions: {
        async disable(context, model, form) {
            const disable = String(new FormData(form).get("route"));
            await reviewAndSend(context, "emergency", { disable }, `Disable ${disable}`,
                el("div", {}, el("p", {}, `Every request of HTTPRoute/${disable} gets 503.`),
                    warning(context, model)));
        },
        async join(context, model, element) {
            const item = model.overlays.up[Number(element.dataset.index)];
            const [, name] = item.name.split("/");
            const said = item.kind === "disable" ? { disable: name } : { restore: item.document };
            await reviewAndSend(context, "emergency", said, `Sign the emergency on ${item.name}`,
                el("div", {}, el("p", {}, `${item.name}: ${kindWords(item)}. Signed so far by `
                    + `${signers(context, model.members, item)}.`), warning(context, model)));
        },
        async restore(context, model, element) {
            const past = model.overlays.past[Number(element.dataset.index)];
            const restore = await pastDocument(past);
            await reviewAndSend(context, "emergency", { restore }, `Restore ${past.name}`,
                el("div", {}, el("p", {}, `${past.name} is served again as proposal `
                    + `${past.proposal} had put it in force.`), warning(context, model)));
        },
        async undo(context, model, element) {
            const item = model.overlays.up[Number(element.dataset.index)];
            const [, backend] = item.name.split("/");
            const [keeper] = item.by;
            await reviewAndSend(context, "undo", { backend, keeper }, `Undo a keeper of ${backend}`,
                el("p", {}, `${person(context, model.members, keeper)} moved it to `
                    + `${endpointWords(item.endpoints)}. Once enough electors have signed it is `
                    + "served as ratified, and they keep it no more."));
        },
    },
};
