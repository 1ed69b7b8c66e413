export {
  forgetPrivatePicture,
  keepPrivatePicture,
  renderImage,
  storeImage,
  type StoreResult,
} from './actions.js';
export {
  encodePicture,
  preparePortrait,
  preparePrivatePicture,
  type PrepareResult,
  type PrivatePicture,
} from './encode.js';
export { mediaTasks } from './jobs.js';
export { findPrivatePicture } from './queries.js';
export { mediaRoutes } from './routes.js';
export {
  MAX_ORIGINAL_BYTES,
  picturePath,
  PICTURE_FORMATS,
  renditionName,
  renditionsFor,
  widthsFor,
  type Picture,
  type PictureFormat,
  type Rendition,
} from './rules.js';
