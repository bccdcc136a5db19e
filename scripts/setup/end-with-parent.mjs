// Loaded before the entry: when the process that started us dies without a word (kill -9), stop as if asked to.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
