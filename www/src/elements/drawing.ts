/** What draws: loaded when the page stands. The layout comes at the same time instead of after the graph. */
import "./graph.js";
import "./graph-node.js";

void import("../graph/layout.js").catch(() => undefined);
