// What the built pages may do, and what their server says so with. The meta elements of the pages say the same for hosts
// that send no headers; `frame-ancestors` counts in a header only.

const PAGE = {
  "default-src": "'none'",
  "script-src": "'self' 'wasm-unsafe-eval'",
  "style-src": "'self'",
  "connect-src": "'self'",
  "img-src": "'self' data:",
  "worker-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
  // No string becomes markup or a script's address but through these two policies: Lit's templates, our worker.
  "require-trusted-types-for": "'script'",
  "trusted-types": "lit-html eventbridge-sim",
};

/** The Content-Security-Policy of the page, for its meta element. */
export const PAGE_POLICY = text(PAGE);

/** That of the reference, whose pages run no script at all. */
export const REFERENCE_POLICY = text({
  "default-src": "'none'",
  "style-src": "'self'",
  "img-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
});

/** What the site is served with. */
export const SITE_HEADERS = {
  "content-security-policy": `${PAGE_POLICY}; frame-ancestors 'none'`,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
};

function text(directives) {
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}
