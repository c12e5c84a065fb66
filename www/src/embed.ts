/** The example page of the element: all that such a page needs. */
import "eventbridge-sim/element";
