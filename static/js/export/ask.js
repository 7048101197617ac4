// A file from the server: first what it will be, then its bytes one after the other. Both end with their signal.

import { t } from "../base/words.js";

/** A file that is not to be had; the message is the server's own, for people. */
export class Refused extends Error {}

const PROGRAM = { Accept: "application/json" }; // a refusal comes as a problem, not as a page

function nameIn(headers) {
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(headers.get("Content-Disposition") || "")?.[1];
  return encoded ? decodeURIComponent(encoded) : "";
}

const factsOf = ({ headers }) => ({
  name: nameIn(headers), bytes: Number(headers.get("Export-Bytes")), count: Number(headers.get("Export-Count")),
});

async function asked(url, options) {
  try {
    return await fetch(url, { ...options, headers: PROGRAM });
  } catch (reason) {
    if (reason.name === "AbortError") throw reason;
    throw new Refused(t("export_lost"), { cause: reason });
  }
}

async function refusal(response) {
  const problem = await response.json().catch(() => ({}));
  return new Refused(problem.detail || t("export_refused", { status: response.status }));
}

/** Return {name, bytes, count} of the file at `url`; Refused if there is none. */
export async function facts(url, signal) {
  const head = await asked(url, { method: "HEAD", signal });
  if (head.ok) return factsOf(head);
  const told = await asked(url, { signal }); // HEAD has no body that could say why
  if (told.ok) {
    await told.body.cancel();
    return factsOf(told);
  }
  throw await refusal(told);
}

/** Return {blob, name, bytes} of what `options` ask; `came(got, bytes)` is told of every piece. Refused if it is not whole. */
export async function fetchFile(url, options, came = () => {}) {
  const response = await asked(url, options);
  if (!response.ok) throw await refusal(response);
  const { name, bytes } = factsOf(response);
  const pieces = [];
  let got = 0;
  const reader = response.body.getReader();
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      pieces.push(piece.value);
      got += piece.value.length;
      came(got, bytes);
    }
  } catch (reason) {
    if (options.signal?.aborted) throw reason;
    throw new Refused(t("export_cut"), { cause: reason });
  }
  if (got !== bytes) throw new Refused(t("export_cut"));
  return { blob: new Blob(pieces, { type: response.headers.get("Content-Type") }), name, bytes };
}
