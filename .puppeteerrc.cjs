// The browser is the machine's own or the one unpacked from npm; puppeteer's own download would fail behind a closed network.
module.exports = { skipDownload: true };
