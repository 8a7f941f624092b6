import type { PictureRequests } from '../../src/protocol/pictureRequests';
import type { RpcClient } from '../../src/protocol/rpc';
import type { GallerySource } from './source';

interface PicturePage {
  requests: PictureRequests;
  notices: Record<never, never>;
  events: Record<never, never>;
}

/** What the gallery asks, asked through a page's link. */
export function gallerySource(link: Pick<RpcClient<PicturePage>, 'call'>): GallerySource {
  return {
    images: (run, signal) => link.call('images', run, signal),
    picture: (place, signal) => link.call('picture', place, signal),
    open: (place) => link.call('openPicture', place),
    compare: (places) => link.call('comparePictures', places),
  };
}
