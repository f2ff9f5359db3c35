// `./build.sh serve`: serves the built site until Ctrl-C, at the port in $PORT, else at 4173 or the next free one.
import { serveSite } from './site.js';

const { url } = await serveSite({ port: Number(process.env.PORT ?? 4173) });
process.stdout.write(`\n  Uncrumple is at ${url}   (Ctrl-C stops it)\n\n`);
