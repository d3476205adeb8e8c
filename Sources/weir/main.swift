import Monitor

WeirCommand.start()
