/**
 * The profile key: 32 random bytes by which the host knows this browser profile again. It lives in IndexedDB and not
 * in extension storage because other extensions' and sync's tools read the latter. It opens nothing by itself.
 */

import { base64url } from "../shared/base64url.ts";

const databaseName = "latchkey";
const storeName = "profile";
const keyName = "key";
const keyBytes = 32;

/** Returns the profile key as 43 characters of base64url, made at the first call in this profile. */
export async function profileKey(): Promise<string> {
  const database = await openDatabase();
  try {
    const fresh = crypto.getRandomValues(new Uint8Array(keyBytes));
    const store = database.transaction(storeName, "readwrite").objectStore(storeName);
    const kept = await done<unknown>(store.get(keyName));
    if (kept instanceof Uint8Array && kept.length === keyBytes) return base64url(kept);
    await done(store.put(fresh, keyName));
    return base64url(fresh);
  } finally {
    database.close();
  }
}

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(databaseName, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(storeName);
  return done(request);
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
