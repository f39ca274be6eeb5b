// The camera: on, off, and one picture of it.

const reasons = {
  NotAllowedError: "The browser was not allowed to use the camera: allow it, beside the address at the top.",
  NotFoundError: "There is no camera.",
  NotReadableError: "The camera cannot be used: another program may have it.",
};

export class Camera {
  // gone is called when the camera ends by itself: it was pulled out, or forbidden.
  constructor(video, gone) {
    this.video = video;
    this.gone = gone;
    this.stream = null;
  }

  // start throws an error that says in a sentence why there is no picture.
  async start() {
    if (!navigator.mediaDevices) throw new Error("Browsers lend the camera to pages of this machine alone: open the page there, at 127.0.0.1. Choosing a picture works here, too.");
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: { ideal: "environment" } } });
    } catch (error) {
      throw new Error(reasons[error.name] ?? `The camera cannot be used: ${error.message}.`);
    }
    this.stop(); // one that was asked for before
    this.stream = stream;
    stream.getVideoTracks()[0].addEventListener("ended", this.gone);
    this.video.srcObject = stream;
    await this.video.play();
  }

  stop() {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    this.video.srcObject = null;
  }

  // next waits until there is a new picture. A page that is hidden waits until it is shown again.
  next() {
    return new Promise((resolve) => requestAnimationFrame(resolve));
  }

  // grab returns the picture of this moment as a JPEG file, its middle cut out as the page shows it.
  // Its edge is at most so many pixels.
  async grab(most) {
    const { videoWidth: width, videoHeight: height } = this.video;
    const from = Math.min(width, height), edge = Math.min(from, most);
    const canvas = new OffscreenCanvas(edge, edge);
    canvas.getContext("2d").drawImage(this.video, (width - from) / 2, (height - from) / 2, from, from, 0, 0, edge, edge);
    return canvas.convertToBlob({ type: "image/jpeg", quality: 0.95 });
  }
}
