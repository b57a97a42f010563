/**
 * Writes a zip archive whose bytes depend on nothing but the names and contents that it is given: sorted names, one
 * fixed time, no system attributes. An .xpi built twice is therefore the same file.
 */
import { crc32, deflateRawSync } from "node:zlib";

// 1980-01-01 00:00, the earliest time that a zip can say.
const dosTime = 0;
const dosDate = 0x21;
const versionNeeded = 20;
const utf8Names = 0x0800;
const deflated = 8;

/**
 * Makes the archive.
 * @param {ReadonlyMap<string, Uint8Array>} files Contents by path, with "/" between folders.
 * @returns {Buffer} The whole archive.
 */
export function zip(files) {
  const locals = [];
  const central = [];
  let offset = 0;
  for (const name of [...files.keys()].sort()) {
    const content = files.get(name);
    const path = Buffer.from(name);
    const body = deflateRawSync(content, { level: 9 });
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(versionNeeded, 0);
    shared.writeUInt16LE(utf8Names, 2);
    shared.writeUInt16LE(deflated, 4);
    shared.writeUInt16LE(dosTime, 6);
    shared.writeUInt16LE(dosDate, 8);
    shared.writeUInt32LE(crc32(content), 10);
    shared.writeUInt32LE(body.length, 14);
    shared.writeUInt32LE(content.length, 18);
    shared.writeUInt16LE(path.length, 22);
    shared.writeUInt16LE(0, 24);
    locals.push(Buffer.from("PK\x03\x04", "latin1"), shared, path, body);

    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    central.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), shared, rest, path);
    offset += 4 + shared.length + path.length + body.length;
  }

  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(files.size, 8);
  end.writeUInt16LE(files.size, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}
