/** One proposal: what it changes, how the vote stands, and this member's part in it. */

import { all, get, post, unless } from "../core/api.js";
import { el, fragment } from "../core/dom.js";
import { canonical } from "../core/canonical.js";
import { digest, saltedText } from "../core/octets.js";
import {
    facts, json, moment, operationWords, person, shortDigest, statusWords, subject, table, unfold,
} from "./parts.js";
import { emergencyWords, outcomeWords } from "./overlays.js";
import { reviewAndSend } from "./review.js";
import { shadowSection } from "./shadow.js";
import { trafficSection } from "./traffic.js";

/** What a vote on an emergency is about: the entry that put it up, which the operation names. */
function emergencyFact(context, { emergency, members }) {
    if (!emergency) return undefined;
    const { index, entry } = emergency;
    return ["Emergency", `${person(context, members, entry.stmt.by)}: `,
        emergencyWords(entry.stmt), ", ", moment(context, entry.t), ", ",
        el("a", { href: `#/log/${index}` }, `entry ${index}`),
        el("br"), outcomeWords(context)];
}

function whatItIs(context, model) {
    const { proposal, members } = model;
    return facts(
        ["Status", statusWords[proposal.status] ?? proposal.status],
        emergencyFact(context, model),
        ["Proposed", "by ", person(context, members, proposal.by), ", ",
            moment(context, proposal.proposed), ", ",
            el("a", { href: `#/log/${proposal.index}` }, `entry ${proposal.index}`)],
        proposal.class && ["Class", proposal.class,
            proposal.classReasons?.length ? `: ${proposal.classReasons.join("; ")}` : ""],
        proposal.notices && ["Note", proposal.notices.join("; ")],
        proposal.ended && ["Ended", moment(context, proposal.ended.t), ", ",
            el("a", { href: `#/log/${proposal.ended.index}` }, `entry ${proposal.ended.index}`)],
        proposal.revision > 1 && ["Revision", `${proposal.revision}; sponsors and ballots are of `
            + "what is shown here"],
        proposal.refiles && ["Proposed anew", "in place of ",
            el("a", { href: `#/proposals/${proposal.refiles}` }, `proposal ${proposal.refiles}`),
            ", which was stale"],
        proposal.voidedBy && ["To be voided", "by ",
            el("a", { href: `#/proposals/${proposal.voidedBy}` },
                `proposal ${proposal.voidedBy}`)],
        proposal.reason !== undefined && ["Reason", el("blockquote", {}, proposal.reason)]);
}

function operation(one) {
    const title = operationWords(one);
    return el("li", {}, one.op === "delete" ? title : unfold(title, json(one.document ?? one)));
}

function changeWords(change) {
    if (!change.before) return "new";
    return change.after ? "changed" : "deleted";
}

function planSection({ proposal, planned, emergency }) {
    const { plan } = proposal;
    // What stands by an emergency is not what a plan is about: that of its vote is empty.
    if (emergency) return [];
    return [
        el("h2", {}, "What it changes"),
        el("ul", {}, proposal.operations.map(operation)),
        proposal.planRefusal && el("p", { class: "refusal" },
            "On the table of today this cannot be enacted: ", proposal.planRefusal),
        plan && plan.changes.length > 0 && table("Documents",
            ["Document", "What", "Before", "After"],
            plan.changes.map((change) => [`${change.kind} ${change.name}`, changeWords(change),
                change.before ? shortDigest(change.before) : "none",
                change.after ? shortDigest(change.after) : "none"])),
        plan && (plan.moves.length === 0
            ? el("p", {}, "No request changes hands.")
            : table("Rules between which requests may change hands", ["Served now by", "Then by"],
                plan.moves.map(([before, after]) =>
                    [before || "no rule (404)", after || "no rule (404)"]))),
        planned?.shadow && shadowSection(planned.shadow),
        planned?.traffic && trafficSection(planned.traffic),
    ];
}

function command(context, what, words) {
    const reason = context.session
        ? [el("a", { href: "#/key" }, "Enrol this browser's key"), " to sign here, or run "]
        : [el("a", { href: "#/login" }, "Log in"), " to take part here, or run "];
    return el("p", {}, words, reason, el("code", {}, what));
}

function sponsorSection(context, model) {
    const { proposal, members } = model;
    const names = proposal.sponsors.map((number) => person(context, members, number)).join(", ");
    const open = proposal.status === "discussion";
    const mine = proposal.sponsors.includes(context.session?.member);
    if (proposal.by === 0) return [el("h2", {}, "Stewards who signed"), el("p", {}, `${names}.`)];
    return [
        el("h2", {}, "Sponsors"),
        el("p", {}, `${proposal.sponsors.length} of ${proposal.sponsorsNeeded} needed: ${names}.`),
        open && el("p", {}, "The discussion ends ", moment(context, proposal.discussionEnds),
            "; then, with enough sponsors and a clean plan, the vote opens."),
        open && mine && el("p", {}, "You sponsor it."),
        open && !mine && (model.canSign
            ? el("p", {}, el("button", { type: "button", "data-action": "sponsor" },
                "Sponsor this proposal"))
            : command(context, `commonway sponsor ${proposal.number}`, "")),
    ];
}

function tallySection(context, { proposal }) {
    const { tally, open } = proposal;
    if (!open || !tally) return [];
    const times = open.margin === 1
        ? "more yes than no votes" : `at least ${open.margin} times as many yes as no votes`;
    return [
        el("h2", {}, "The vote"),
        el("p", {}, el("label", { for: "yes" }, `${tally.yes} yes of ${open.quorum} needed`),
            el("meter", { id: "yes", min: 0, max: Math.max(open.quorum, tally.yes),
                value: tally.yes }, `${tally.yes} of ${open.quorum}`)),
        facts(
            ["No", `${tally.no}; to carry it needs ${times}`],
            ["Abstentions", `${tally.abstain}; they show turnout only`],
            ["Electors", `${open.electors}, fixed when the vote opened`],
            ["Opened", moment(context, open.t), ", ",
                el("a", { href: `#/log/${open.index}` }, `entry ${open.index}`)],
            ["Closes", moment(context, open.closes),
                open.extended ? "; extended, since the outcome turned late" : "",
                open.outage > 0 ? "; later, since the council was away" : ""],
            proposal.closed && ["Outcome", `${proposal.closed.outcome}, `,
                moment(context, proposal.closed.t), ", ",
                el("a", { href: `#/log/${proposal.closed.index}` },
                    `entry ${proposal.closed.index}`)],
            proposal.status === "queued" && ["In force", moment(context, proposal.enactDue)]),
    ];
}

function ballotForm(context, model) {
    const { proposal, mine } = model;
    if (proposal.status !== "voting") return [];
    if (!model.canSign) return command(context, `commonway vote ${proposal.number} yes`, "");
    const choices = [["yes", "Yes"], ["no", "No"], ["abstain", "Abstain"]];
    return el("form", { "data-action": "vote" },
        mine && el("p", {},
            `Your ballot in force: ${mine.choice}. You may change it until the close.`),
        el("fieldset", {}, el("legend", {}, "Your ballot"),
            choices.map(([value, words]) => el("label", { for: `choice-${value}` },
                el("input", { type: "radio", name: "choice", id: `choice-${value}`, value,
                    required: true }), " ", words))),
        el("p", {}, el("button", {}, "Review the ballot")));
}

function ballotList(context, { ballots, members }) {
    if (ballots.length === 0) return undefined;
    return unfold(`Ballots (${ballots.length})`, table("In the order of the log",
        ["Member", "Choice", "Counts", "Entry"],
        ballots.map((ballot) => [person(context, members, ballot.by), ballot.choice,
            ballot.inForce ? "yes" : "replaced",
            el("a", { href: `#/log/${ballot.index}` }, ballot.index)])));
}

function remarkSection(context, model) {
    const { proposal, remarks, members } = model;
    const going = ["discussion", "voting", "queued"].includes(proposal.status);
    if (!going && remarks.length === 0) return [];
    const concerns = ["security", "privacy", "reliability", "cost", "fairness", "other"];
    return [
        el("h2", {}, "Remarks"),
        remarks.length === 0 ? el("p", {}, "None.") : el("ul", {}, remarks.map((remark) =>
            el("li", {}, `${remark.concern}: `, remark.reason ?? "(erased)", " — ",
                person(context, members, remark.by), ", ", moment(context, remark.t)))),
        going && model.canSign && el("form", { "data-action": "remark" },
            el("p", {}, el("label", { for: "concern" }, "Your concern"),
                el("select", { id: "concern", name: "concern" },
                    concerns.map((name) => el("option", { value: name }, name)))),
            el("p", {}, el("label", { for: "remark" }, "and why"),
                el("textarea", { id: "remark", name: "text", required: true, maxlength: 4000 })),
            el("p", {}, el("button", {}, "Review the remark"))),
    ];
}

function withdrawSection(context, { proposal, canSign }) {
    const mine = proposal.by === context.session?.member;
    if (!mine || !["discussion", "voting", "queued"].includes(proposal.status)) return [];
    return [
        el("h2", {}, "Yours"),
        canSign
            ? el("p", {}, el("button", { type: "button", class: "second",
                "data-action": "withdraw" }, "Withdraw this proposal"))
            : command(context, `commonway withdraw ${proposal.number}`, ""),
    ];
}

/** The payload's digest is computed here: what is sponsored or voted on is what is shown. */
async function requireShownPayload(proposal) {
    if (await digest(proposal.operations) !== proposal.payload) {
        throw new Error("The operations shown are not those whose digest the proposal names. "
            + "Nothing was signed; audit the log.");
    }
}

/** The vote's `open` entry is read from the log, and has to be of what is shown. */
async function requireShownOpen(proposal) {
    const { entry } = await get(`/entries/${proposal.open.index}`);
    const fits = entry.kind === "open" && entry.proposal === proposal.number
        && entry.payload === proposal.payload && await leafHash(entry) === proposal.open.leaf;
    if (!fits) {
        throw new Error("The entry that opened the vote is not of the proposal shown. "
            + "Nothing was signed; audit the log.");
    }
}

async function leafHash(entry) {
    const octets = new TextEncoder().encode(`\0${canonical(entry)}`);
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", octets));
    return Array.from(hash, (octet) => octet.toString(16).padStart(2, "0")).join("");
}

/** The plan on the table of today, for as long as the proposal can still be enacted on it. */
async function planOf({ by, status, operations, planRefusal }) {
    const going = ["discussion", "voting", "queued"].includes(status);
    if (by === 0 || planRefusal || !going) return undefined;
    return unless(422, post("/plan", { operations }), undefined);
}

/** The entry that put up what a vote confirms; `undefined` for any other vote. */
async function emergencyOf({ operations }) {
    const [{ op, overlay }] = operations;
    return op === "confirm" ? get(`/entries/${overlay}`) : undefined;
}

export const proposalPage = {
    title: "Proposal",
    live: true,
    async load(context, number) {
        const [proposal, ballots, remarks, members] = await Promise.all([
            get(`/proposals/${number}`), all(`/proposals/${number}/ballots`),
            all(`/proposals/${number}/remarks`), all("/members")]);
        const byNumber = new Map(members.map((member) => [member.number, member]));
        const me = byNumber.get(context.session?.member);
        return {
            proposal, ballots, remarks, members: byNumber, planned: await planOf(proposal),
            emergency: await emergencyOf(proposal),
            canSign: me?.keys.some((key) => key.key === context.key?.line) ?? false,
            mine: ballots.find((ballot) => ballot.by === me?.number && ballot.inForce),
        };
    },
    view(context, model) {
        const { proposal } = model;
        return fragment(
            el("h1", {}, `Proposal ${proposal.number}: ${subject(proposal.operations)}`),
            whatItIs(context, model),
            planSection(model),
            sponsorSection(context, model),
            tallySection(context, model),
            remarkSection(context, model),
            ballotForm(context, model),
            withdrawSection(context, model),
            ballotList(context, model));
    },
    actions: {
        async sponsor(context, { proposal }) {
            await requireShownPayload(proposal);
            await reviewAndSend(context, "sponsor",
                { proposal: proposal.number, payload: proposal.payload },
                `Sponsor proposal ${proposal.number}`,
                el("p", {}, "You ask that members vote on: ", subject(proposal.operations), "."));
        },
        async withdraw(context, { proposal }) {
            await reviewAndSend(context, "withdraw", { proposal: proposal.number },
                `Withdraw proposal ${proposal.number}`,
                el("p", {}, "It ends, for good: ", subject(proposal.operations), "."));
        },
        async remark(context, { proposal }, form) {
            const fields = new FormData(form);
            const reason = await saltedText(String(fields.get("text")));
            await reviewAndSend(context, "remark",
                { proposal: proposal.number, concern: fields.get("concern"),
                    reason: reason.digest },
                `Remark on proposal ${proposal.number}`,
                el("p", {}, `${fields.get("concern")}: `, reason.text),
                [{ text: reason.text, salt: reason.salt }]);
        },
        async vote(context, { proposal, mine }, form) {
            const choice = new FormData(form).get("choice");
            await requireShownPayload(proposal);
            await requireShownOpen(proposal);
            const { root, size } = await get("/checkpoint");
            const replaces = mine ? { replaces: mine.hash } : {};
            await reviewAndSend(context, "ballot",
                { open: proposal.open.leaf, choice, head: { root, size }, ...replaces },
                `Vote ${choice} on proposal ${proposal.number}`,
                el("p", {}, "Your ballot is ", el("strong", {}, choice), " on: ",
                    subject(proposal.operations), ".",
                    mine && ` It replaces your ballot ${mine.choice}.`));
        },
    },
};
