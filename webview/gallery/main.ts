// What pages load once pictures are shown: a bundle of its own.
export { ImageGallery } from './imageGallery';
export { PictureCache } from './pictureCache';
export { ZoomPane } from './zoomPane';
