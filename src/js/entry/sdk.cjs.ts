export {
  requestHandler,
  type SdkAbortSignal,
  type SdkRequest,
  type SdkRequestHandler,
  type SdkResponse,
} from "../sdk.js";
