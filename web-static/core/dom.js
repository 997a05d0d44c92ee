/**
 * Elements, and bringing a page up to date in place: the nodes that stay keep focus, what was
 * typed and what was unfolded. Text becomes text nodes only; nothing here parses HTML.
 */

/**
 * An element.
 *
 * @param {string} name Its tag.
 * @param {object} attributes `true` is an empty attribute; `false` and `undefined` are left out.
 * @param {...(Node|string|number|Array|undefined|false)} children Nested arrays are flattened.
 */
export function el(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) {
        if (value === undefined || value === false) continue;
        element.setAttribute(attribute, value === true ? "" : String(value));
    }
    const present = children.flat(Infinity)
        .filter((child) => child !== undefined && child !== false);
    element.append(...present.map((child) => (child instanceof Node ? child : String(child))));
    return element;
}

/** Nodes without a parent. */
export function fragment(...children) {
    const whole = document.createDocumentFragment();
    whole.append(...el("div", {}, ...children).childNodes);
    return whole;
}

/** What the reader changed stays as it is. */
const readersOwn = new Set(["open", "value", "checked"]);

function sameKind(one, other) {
    return one.nodeType === other.nodeType && one.nodeName === other.nodeName
        && one.id === other.id;
}

function updateAttributes(element, wanted) {
    for (const { name } of [...element.attributes]) {
        if (!wanted.hasAttribute(name) && !readersOwn.has(name)) element.removeAttribute(name);
    }
    for (const { name, value } of wanted.attributes) {
        if (element.getAttribute(name) !== value) element.setAttribute(name, value);
    }
}

/** Makes the children of `parent` equal those of `wanted`, keeping the nodes that can stay. */
export function morph(parent, wanted) {
    let here = parent.firstChild;
    for (const next of [...wanted.childNodes]) {
        if (!here || !sameKind(here, next)) {
            parent.insertBefore(next, here);
            continue;
        }
        if (here.nodeType === Node.TEXT_NODE) {
            if (here.data !== next.data) here.data = next.data;
        } else {
            updateAttributes(here, next);
            morph(here, next);
        }
        here = here.nextSibling;
    }
    while (here) {
        const after = here.nextSibling;
        here.remove();
        here = after;
    }
}
