import { init, version } from "eventbridge-sim";

await init();
const place = document.querySelector("#version");
if (place) place.textContent = `engine ${version()}`;
